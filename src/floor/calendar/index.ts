export { calendarRoutes } from './routes.ts'
export { announcedDays, type CityCalendar, countsAs } from './rules.ts'
export { cityCalendar } from './store.ts'
