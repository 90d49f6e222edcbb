import { describe, expect, test } from 'vitest'

/** What a cell's test gets: the names of row and column are those of the tables of examples. */
export interface Cell<State, Signal> {
  readonly stateName: string
  readonly signalName: string
  readonly state: State
  readonly signal: Signal
  /** What the table says of it, as written. */
  readonly says: string
}

/**
 * A state machine's whole behaviour as one text table: every state in a row, every signal in a column, one test
 * a cell. A state or signal without its row or column fails.
 */
export function testMatrix<State, Signal>(
  table: string,
  states: Readonly<Record<string, State>>,
  signals: Readonly<Record<string, Signal>>,
  holds: (cell: Cell<State, Signal>) => void,
): void {
  describe('every state meets every signal', () => {
    const [[, ...columns] = [], ...rows] = table
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/))
    test('the table is whole', () => {
      expect(columns).toEqual(Object.keys(signals))
      expect(rows.map(row => row[0])).toEqual(Object.keys(states))
      for (const row of rows) expect(row).toHaveLength(columns.length + 1)
    })
    for (const [stateName = '', ...cells] of rows) {
      for (const [index, says] of cells.entries()) {
        const signalName = columns[index] ?? ''
        test(`${stateName} × ${signalName} → ${says}`, () => {
          const state = states[stateName]
          const signal = signals[signalName]
          if (state === undefined || signal === undefined) throw new Error('not in the table')
          holds({ stateName, signalName, state, signal, says })
        })
      }
    }
  })
}
