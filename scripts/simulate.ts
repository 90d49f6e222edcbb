import { parseArgs } from 'node:util'
import { runDay } from '../src/sim/day.ts'
import { BAD_DAY, NO_FAULTS } from '../src/sim/faults.ts'
import { shortestStory, tell } from '../src/sim/story.ts'

/** `npm run simulate -- --seed N --hours 24 --seats 200 --calls 20000 [--faults]`: one whole day, checked. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '24' },
    seats: { type: 'string', default: '200' },
    calls: { type: 'string', default: '20000' },
    faults: { type: 'boolean', default: false },
    days: { type: 'string', default: '1' },
  },
})

function whole(name: 'seed' | 'hours' | 'seats' | 'calls' | 'days'): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= 0) return value
  console.error(`--${name} takes a whole number, not "${values[name]}"`)
  process.exit(2)
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const first = whole('seed')
for (let seed = first; seed < first + whole('days'); seed++) {
  const plan = {
    seed,
    hours: whole('hours'),
    seats: whole('seats'),
    calls: whole('calls'),
    faults: values.faults ? BAD_DAY : NO_FAULTS,
  }
  const started = performance.now()
  const report = await runDay(plan)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { ledger } = report
  const waits = ledger.waits.toSorted((a, b) => a - b)
  const inTime = waits.filter(wait => wait <= 15_000).length
  console.log(
    `seed ${seed}: ${plan.calls} calls, ${plan.seats} seats, ${plan.hours} h in ${seconds} s, ${report.events} events\n` +
      `  offered ${ledger.offered} = answered ${ledger.answered} + abandoned ${ledger.abandoned}` +
      ` · turned away ${report.turnedAway} · strays swept ${report.swept}\n` +
      `  answered within 15 s: ${((100 * inTime) / Math.max(1, ledger.offered)).toFixed(1)} % of offered` +
      ` · wait p50 ${percentile(waits, 0.5) / 1000} s, p95 ${percentile(waits, 0.95) / 1000} s`,
  )
  if (ledger.outlooks.length > 0) {
    const errors = ledger.outlooks.map(({ expectedMs, waitedMs }) => expectedMs - waitedMs)
    const sizes = errors.map(Math.abs).toSorted((a, b) => a - b)
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    console.log(
      `  expected wait told ${errors.length} times: off by p50 ${(percentile(sizes, 0.5) / 1000).toFixed(0)} s,` +
        ` p90 ${(percentile(sizes, 0.9) / 1000).toFixed(0)} s; on average ${(mean / 1000).toFixed(0)} s`,
    )
  }
  for (const [reason, count] of [...ledger.byReason].sort((a, b) => b[1] - a[1])) {
    console.log(`    ${String(count).padStart(6)}  ${reason}`)
  }
  if (report.failure !== null) {
    console.error(`seed ${seed} found a bug; looking for the shortest story …`)
    const { failure } = await shortestStory(plan)
    console.error(tell(failure ?? report.failure))
    process.exit(1)
  }
}
