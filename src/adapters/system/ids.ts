import { randomBytes } from 'node:crypto'
import { asId } from '#kernel/ids.ts'
import type { Ids } from '../../engine/ports.ts'

export const systemIds: Ids = {
  call: () => asId(uuidv7(Date.now())),
  workOrder: () => asId(uuidv7(Date.now())),
}

/** RFC 9562 §5.7: 48 bits of Unix milliseconds, then chance, so that ids sort by when they were made. */
export function uuidv7(now: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
