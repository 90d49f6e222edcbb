import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  EFFECTS,
  speakArguments,
  TELEPHONE,
  telephoneArguments,
  type Voice,
} from '../../src/adapters/speech/recipe.ts'
import { hold } from '../../src/adapters/system/only-one.ts'
import type { AsteriskTools } from './asterisk-tools.ts'
import { PROJECT } from './folders.ts'
import { runCommand } from './run-command.ts'

export interface Prompt {
  /** Asterisk plays it as `hotline/NAME`. */
  readonly name: string
  readonly text: string
  /** What the voice is given where `text` would be read wrongly: 12345 digit by digit, or pinyin with tones. */
  readonly spoken?: string
}

export interface Manifest extends Voice {
  readonly prompts: readonly Prompt[]
}

const SOUNDS = join(PROJECT, 'asterisk-config', 'sounds', 'zh')

/** @param sounds the folder with `manifest.json` and the city's own `recorded/` */
export function readManifest(sounds = SOUNDS): Manifest {
  return JSON.parse(readFileSync(join(sounds, 'manifest.json'), 'utf8'))
}

/** Builds the prompts unless the cache has them; returns the folder that is to be `sounds/zh`. */
export async function builtPrompts(
  cacheDir: string,
  tools: AsteriskTools,
  progress: (detail: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const folder = join(cacheDir, `prompts-zh-${recipeDigest()}`)
  if (existsSync(folder)) return folder
  const turn = await hold(folder, () => progress('another start is building them'), signal)
  try {
    if (existsSync(folder)) return folder
    const building = `${folder}.building-${process.pid}`
    rmSync(building, { recursive: true, force: true })
    await buildPrompts(building, tools, progress)
    renameSync(building, folder)
    return folder
  } finally {
    await turn.release()
  }
}

/** Writes every prompt of the manifest as `<folder>/hotline/NAME.wav`. */
export async function buildPrompts(
  folder: string,
  tools: Pick<AsteriskTools, 'espeak' | 'sox'>,
  progress: (detail: string) => void,
  sounds = SOUNDS,
): Promise<void> {
  const manifest = readManifest(sounds)
  mkdirSync(join(folder, 'hotline'), { recursive: true })
  for (const prompt of manifest.prompts) {
    progress(prompt.text)
    const file = join(folder, 'hotline', `${prompt.name}.wav`)
    const recorded = recordedFile(sounds, prompt)
    const source = existsSync(recorded) ? recorded : join(folder, 'spoken.wav')
    if (source !== recorded) {
      await runCommand(tools.espeak, speakArguments(manifest, prompt.spoken ?? prompt.text, source))
    }
    await runCommand(tools.sox, telephoneArguments(source, file))
  }
  rmSync(join(folder, 'spoken.wav'), { force: true })
}

/** Changes with the manifest, with each recording of the city's own, and with how they are made. */
function recipeDigest(): string {
  const hash = createHash('sha256').update(JSON.stringify([readManifest(), TELEPHONE, EFFECTS]))
  for (const prompt of readManifest().prompts) {
    const recorded = recordedFile(SOUNDS, prompt)
    if (existsSync(recorded)) hash.update(prompt.name).update(readFileSync(recorded))
  }
  return hash.digest('hex').slice(0, 12)
}

function recordedFile(sounds: string, prompt: Prompt): string {
  return join(sounds, 'recorded', `${prompt.name}.wav`)
}
