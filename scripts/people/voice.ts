import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'
import { findAsteriskTools } from '../instance/prepare.ts'
import { readManifest } from '../instance/prompts.ts'
import { runCommand } from '../instance/run-command.ts'

export interface Voice {
  /** The cache's name for it. */
  readonly name: string
  readonly text: string
  /** 0 to 99; 50 is the synthesiser's own. */
  readonly pitch: number
}

export const CITIZEN_VOICE: Voice = {
  name: 'caller-voice',
  text: '您好，我家门口的路灯坏了，晚上看不见路，麻烦派人来修一下，谢谢。',
  pitch: 65,
}

export const AGENT_VOICE: Voice = {
  name: 'agent-voice',
  text: '您好，请您慢慢说，我帮您登记，请问具体位置在哪里？好的，我们会尽快转给相关部门处理。',
  pitch: 50,
}

/** A folder with `voice.al`, what is said as G.711 A-law, made once. */
export async function voiceFolder({ cacheDir }: Config, { name, text, pitch }: Voice): Promise<string> {
  const folder = join(cacheDir, name)
  const file = join(folder, 'voice.al')
  if (existsSync(file)) return folder
  mkdirSync(folder, { recursive: true })
  const tools = await findAsteriskTools(cacheDir, () => undefined)
  const spoken = join(folder, `spoken-${process.pid}.wav`)
  await runCommand(tools.espeak, ['-v', readManifest().voice, '-p', String(pitch), '-w', spoken, text])
  await runCommand(tools.sox, [spoken, '-t', 'al', '-r', '8000', '-c', '1', `${spoken}.al`, 'norm', '-6'])
  rmSync(spoken)
  renameSync(`${spoken}.al`, file)
  return folder
}
