const NOTES_HZ = [659.25, 523.25, 659.25] as const
const NOTE_S = 0.18
const LOUDNESS = 0.14

/** Three falling and rising notes, once, made here. A browser that allows no sound yet stays silent. */
export function soundAlarm(): void {
  const audio = new AudioContext()
  NOTES_HZ.forEach((hz, position) => {
    const at = audio.currentTime + position * NOTE_S
    const note = new OscillatorNode(audio, { type: 'triangle', frequency: hz })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 1.5)
    note.connect(volume).connect(audio.destination)
    note.start(at)
    note.stop(at + NOTE_S * 1.5)
    if (position === NOTES_HZ.length - 1) note.onended = () => void audio.close()
  })
}
