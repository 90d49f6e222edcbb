export { skillRoutes } from './routes.ts'
export { skillProblems } from './rules.ts'
export { Name, SkillLevels, WordId } from './schema.ts'
export { skills, skillsOf } from './store.ts'
