import { createSocket, type Socket } from 'node:dgram'
import { decodeALaw, loudness, PHONE_RATE, type Sound } from './audio.ts'

/** What a voice on the line is louder than, in dB; A-law's silence lies below −70. */
const AUDIBLE_DB = -40
const WINDOW_MS = 100

/** An ear: the port that a caller names in the SDP, and the sound that the PBX sends there (G.711 A-law). */
export class Listener {
  private readonly socket: Socket
  private readonly heard: number[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('message', packet => {
      for (const byte of payloadOf(packet)) this.heard.push(decodeALaw(byte) / 32_768)
    })
  }

  static open(host: string): Promise<Listener> {
    const socket = createSocket('udp4')
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(0, host, () => resolve(new Listener(socket)))
    })
  }

  get port(): number {
    return this.socket.address().port
  }

  /** All that was heard so far, in the order it came: on one machine nothing overtakes. */
  sound(): Sound {
    return { rate: PHONE_RATE, channels: [Float64Array.from(this.heard)] }
  }

  /** For how long something could be heard. */
  audibleMs(): number {
    return loudness(this.sound(), 0, WINDOW_MS).filter(level => level > AUDIBLE_DB).length * WINDOW_MS
  }

  close(): void {
    this.socket.close()
  }
}

/** RTP's payload when it is A-law (type 8): behind the fixed header and the list of sources. */
function payloadOf(packet: Buffer): Buffer {
  const [first = 0, second = 0] = packet
  const isALaw = first >> 6 === 2 && (second & 0x7f) === 8
  return isALaw ? packet.subarray(12 + 4 * (first & 0x0f)) : Buffer.alloc(0)
}
