import { useEffect, useRef, useState } from 'react'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import { browserMemory } from '../kit/remembered.ts'
import { soundAlarm } from './alarm-sound.ts'

const MUTED = 'alarms.muted'

/** Sounds once for each alarm that becomes serious and that nobody has acknowledged, unless it is muted here. */
export function useAlarmSound(alarms: readonly AlarmView[]) {
  const [muted, setMuted] = useState(() => browserMemory.read(MUTED) === 'yes')
  const heard = useRef<ReadonlySet<string>>(new Set())
  const serious = alarms
    .filter(({ level, acknowledged }) => level === 'serious' && acknowledged === null)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    const now = new Set(serious === '' ? [] : serious.split(' '))
    const isNew = [...now].some(id => !heard.current.has(id))
    heard.current = now
    if (isNew && !muted) soundAlarm()
  }, [serious, muted])
  const switchSound = () => {
    if (muted) browserMemory.forget(MUTED)
    else browserMemory.write(MUTED, 'yes')
    setMuted(!muted)
  }
  return { muted, switchSound }
}
