import { type Browser, chromium, type Page } from 'playwright-core'

/**
 * A Chromium that can be an agent's: a microphone that beeps, permission given, sound without a click.
 * `executablePath` is the system's Chromium.
 */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

export interface AudioFlow {
  readonly packetsReceived: number
  readonly packetsSent: number
  /** Grows only with sound: silence and comfort noise leave it near zero. */
  readonly energyReceived: number
}

/** Call before the page is opened; `audioFlow` then sees the page's peer connections. */
export async function watchPeerConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Real = window.RTCPeerConnection
    const seen: RTCPeerConnection[] = []
    Object.assign(window, { peerConnections: seen })
    window.RTCPeerConnection = class extends Real {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        seen.push(this)
      }
    }
  })
}

/** What the newest peer connection has carried so far. Null before there is one. */
export async function audioFlow(page: Page): Promise<AudioFlow | null> {
  return await page.evaluate(async () => {
    const seen: RTCPeerConnection[] = Reflect.get(window, 'peerConnections')
    const connection = seen.at(-1)
    if (connection === undefined) return null
    let flow = { packetsReceived: 0, packetsSent: 0, energyReceived: 0 }
    for (const report of (await connection.getStats()).values()) {
      if (report.type === 'inbound-rtp') {
        flow = { ...flow, packetsReceived: report.packetsReceived, energyReceived: report.totalAudioEnergy }
      }
      if (report.type === 'outbound-rtp') flow = { ...flow, packetsSent: report.packetsSent }
    }
    return flow
  })
}
