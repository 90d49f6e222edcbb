export { seedDemoCity, writeSeatPhones } from './seed.ts'
