import { testDays } from './days.ts'

testDays(20_000, 500)
