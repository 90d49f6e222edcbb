const NOTES_HZ = [880, 1_108.73, 1_318.51] as const
const NOTE_S = 0.16
const REPEAT_MS = 2_400
const LOUDNESS = 0.18

/** Three rising notes, again and again, made here: no file to fetch. The returned function ends it. */
export function ring(): () => void {
  const audio = new AudioContext()
  const once = () => {
    NOTES_HZ.forEach((hz, position) => {
      playNote(audio, hz, audio.currentTime + position * NOTE_S)
    })
  }
  once()
  const again = setInterval(once, REPEAT_MS)
  return () => {
    clearInterval(again)
    audio.close()
  }
}

/** Long enough to be heard before the caller is. */
const ANNOUNCED_MS = 450

/** Two short notes, then `answer`: whoever sits there knows that somebody is on the line. Returns what undoes it. */
export function announce(answer: () => void): () => void {
  const audio = new AudioContext()
  playNote(audio, NOTES_HZ[2], audio.currentTime)
  playNote(audio, NOTES_HZ[0], audio.currentTime + NOTE_S)
  const timer = setTimeout(answer, ANNOUNCED_MS)
  return () => {
    clearTimeout(timer)
    audio.close()
  }
}

function playNote(audio: AudioContext, hz: number, at: number): void {
  const note = new OscillatorNode(audio, { type: 'sine', frequency: hz })
  const volume = new GainNode(audio, { gain: 0 })
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 2)
  note.connect(volume).connect(audio.destination)
  note.start(at)
  note.stop(at + NOTE_S * 2)
}
