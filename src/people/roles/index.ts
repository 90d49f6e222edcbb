export type { Grant, RoleView, StaffActor } from './rules.ts'
export { GrantedUnit, GrantSchema, RightSchema, Role } from './schema.ts'
export { actorOf, holds, standingOf } from './service.ts'
export { grantsByStaff, grantsOf, holdersOf, replaceGrants, roleOfDesk, roles } from './store.ts'
