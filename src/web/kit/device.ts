/** What a browser says of itself in `User-Agent`, shortened to its name and system: `Chrome 140 · Windows`. */
export function deviceWords(userAgent: string): string {
  const browser = BROWSERS.map(([name, form]) => [name, form.exec(userAgent)?.[1]] as const).find(
    ([, version]) => version !== undefined,
  )
  const system = SYSTEMS.find(([, form]) => form.test(userAgent))?.[0]
  const words = [browser?.join(' '), system].filter(word => word !== undefined)
  return words.length === 0 ? userAgent.slice(0, 60) : words.join(' · ')
}

/** Most call themselves Chrome or Safari as well, so those come last. */
const BROWSERS = [
  ['Edge', /Edg\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['微信', /MicroMessenger\/(\d+)/],
  ['Chrome', /Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const

const SYSTEMS = [
  ['鸿蒙', /OpenHarmony|HarmonyOS/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['统信 UOS', /UOS|UnionTech/],
  ['Linux', /Linux/],
] as const
