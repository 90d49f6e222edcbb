import { testDays } from './days.ts'

testDays(10_000, 500)
