export { drawPassword, hashPassword, passwordFits } from './passwords.ts'
export { runsTheFloor } from './rules.ts'
export { addStaff, findByLogin, type NewStaff, normaliseLogin, type StaffMember } from './store.ts'
