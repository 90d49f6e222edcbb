/** How a sentence becomes a prompt: espeak-ng speaks it, sox makes telephone audio of that, or of a recording. */

/** Telephone audio as Asterisk reads it without transcoding files: 8 kHz, 16 bit, mono. */
export const TELEPHONE = ['--rate', '8000', '--bits', '16', '--channels', '1'] as const
/** Silence cut at both ends, peak at -3 dB, then 150 ms of silence before and after. */
const TRIM = ['silence', '1', '0.02', '0.3%'] as const
export const EFFECTS = [...TRIM, 'reverse', ...TRIM, 'reverse', 'norm', '-3', 'pad', '0.15', '0.15'] as const
/** What is left of a sound in which nothing is heard: the silence that `pad` adds. */
export const PADDING_MS = 300

export interface Voice {
  /** espeak-ng's; plain `cmn` garbles characters, `cmn-latn-pinyin` speaks them with their tones. */
  readonly voice: string
  readonly wordsPerMinute: number
}

/** espeak-ng's arguments to speak `text` into a wav. */
export function speakArguments({ voice, wordsPerMinute }: Voice, text: string, wav: string): string[] {
  return ['-v', voice, '-s', String(wordsPerMinute), '-w', wav, '--', text]
}

/** sox's arguments to make a prompt of any wav. */
export function telephoneArguments(source: string, wav: string): string[] {
  return [source, ...TELEPHONE, wav, ...EFFECTS]
}
