import { defineConfig } from 'vitest/config'

/**
 * One project for each kind of proof; tests/README.md says what each folder proves. `groupOrder`: whole stacks with
 * Asterisk and Chromium never run beside each other, or beside the rest.
 */
export default defineConfig({
  test: {
    projects: [
      // Properties are tried thousands of times, on machines that others share.
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/house/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], testTimeout: 120_000 } },
      // Too long for every save: 1,000 days of the simulation, two files at a time.
      { test: { name: 'days', include: ['tests/days/**/*.test.ts'], testTimeout: 300_000 } },
      {
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts'],
          // They wait for timers and PostgreSQL more than they compute.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'pbx',
          include: ['tests/pbx/**/*.test.ts'],
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
