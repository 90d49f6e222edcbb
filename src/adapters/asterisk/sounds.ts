import { join } from 'node:path'
import type { Prompt } from '../../contact-center/events.ts'

/** A prompt as ARI's media URI. */
export type SoundUri = (prompt: Prompt) => string

/** @param announcements the folder with what the city wrote or recorded, `<id>.wav` each */
export function soundUris(announcements: string): SoundUri {
  return prompt => {
    const id = /^announcement-([\w-]+)$/.exec(prompt)?.[1]
    return id === undefined ? `sound:hotline/${prompt}` : `sound:${join(announcements, id)}`
  }
}
