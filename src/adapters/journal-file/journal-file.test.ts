import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import type { CenterSnapshot } from '../../contact-center/center.ts'
import type { CenterEvent } from '../../contact-center/events.ts'
import { JournalFile } from './journal-file.ts'

const EMPTY_SNAPSHOT: CenterSnapshot = {
  calls: [],
  seats: [],
  queues: [],
  lastOffered: [],
  paces: [],
  pbxUp: true,
}
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const event = (at: number): CenterEvent => ({ type: 'ready-requested', at, seat: asId('1001') })

describe('the journal', () => {
  test('gives back what was written, under the same name and numbers', () => {
    const first = JournalFile.open(folder)
    expect(first.content.events).toEqual([])
    expect([first.journal.append(event(1)), first.journal.append(event(2))]).toEqual([1, 2])
    first.journal.close()
    const second = JournalFile.open(folder)
    expect(second.journal.id).toBe(first.journal.id)
    expect(second.content.events).toEqual([
      { sequence: 1, event: event(1) },
      { sequence: 2, event: event(2) },
    ])
    expect(second.journal.append(event(3))).toBe(3)
    second.journal.close()
  })

  test('a line torn by a crash is passed over, and the next one stands whole', () => {
    const { journal } = JournalFile.open(folder)
    journal.append(event(1))
    journal.close()
    appendFileSync(join(folder, 'journal.jsonl'), '123\nnull\n{"n":9}\n{"n":2,"event":{"ty')
    const again = JournalFile.open(folder)
    again.journal.append(event(3))
    again.journal.close()
    const third = JournalFile.open(folder)
    expect(third.content.events.map(entry => entry.event.at)).toEqual([1, 3])
    third.journal.close()
  })

  test('begun anew from a snapshot, it is short and goes on counting', () => {
    const { journal } = JournalFile.open(folder)
    for (let at = 1; at <= 50; at++) journal.append(event(at))
    journal.compact(EMPTY_SNAPSHOT)
    expect(journal.length).toBe(0)
    journal.append(event(51))
    journal.close()
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
    const again = JournalFile.open(folder)
    expect(again.content.snapshot).toEqual(EMPTY_SNAPSHOT)
    expect(again.content.events.map(entry => entry.sequence)).toEqual([51])
    again.journal.close()
  })

  test('a full disk is said, and the event still gets its number', () => {
    const { journal } = JournalFile.open(folder)
    journal.append(event(1))
    journal.close()
    // The file is closed under it: every write now fails, as on a disk that refuses.
    expect(journal.append(event(2))).toBe(2)
    expect(journal.problem).toMatch(/EBADF/)
  })

  test('a file that is no journal is set aside, never written over', () => {
    appendFileSync(join(folder, 'journal.jsonl'), 'not a journal\n')
    const { journal, content } = JournalFile.open(folder)
    expect(content.events).toEqual([])
    journal.close()
    expect(readFileSync(join(folder, 'journal.jsonl.unreadable'), 'utf8')).toBe('not a journal\n')
  })

  test('that cannot be begun anew is written on, and says why', () => {
    const { journal } = JournalFile.open(folder)
    journal.append(event(1))
    mkdirSync(join(folder, 'journal.jsonl.new'))
    journal.compact(EMPTY_SNAPSHOT)
    expect(journal.problem).toContain('EISDIR')
    journal.append(event(2))
    expect(journal.problem).toBeNull()
    journal.close()
    expect(JournalFile.open(folder).content.events).toHaveLength(2)
  })
})
