import { defineConfig } from 'vitest/config'

/** One project for each kind of proof; tests/README.md says what each folder proves. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'tests/house/**/*.test.ts'] } },
      { test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], testTimeout: 120_000 } },
      // Too long for every save: 1,000 days of the simulation, two files at a time.
      { test: { name: 'days', include: ['tests/days/**/*.test.ts'], testTimeout: 300_000 } },
      {
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts'],
          // They wait for timers and PostgreSQL more than they compute.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'pbx',
          include: ['tests/pbx/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
