import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'

/** Where a SIPp run receives, and its process: its calls' ids are made of these. */
export interface SippAddress {
  readonly pid: number
  readonly host: string
  readonly port: number
}

/**
 * Asks one call of a SIPp run to hang up now, whatever it waits for. SIPp ends without a word to the other side
 * when it is told to, so this sends the call an INFO; its scenario goes on to a BYE when it gets one.
 * @param call which one of the run, from 1, or the Call-ID of one that came in
 */
export function hangUpSippCall({ pid, host, port }: SippAddress, call: number | string = 1): Promise<void> {
  const message = [
    'INFO sip:hang-up@localhost SIP/2.0',
    // One told twice would be taken for a message that was sent again.
    `Via: SIP/2.0/UDP localhost;branch=z9hG4bK-${randomUUID()}`,
    'From: <sip:hang-up@localhost>;tag=hang-up',
    'To: <sip:caller@localhost>',
    `Call-ID: ${typeof call === 'number' ? `${call}-${pid}@${host}` : call}`,
    'CSeq: 1 INFO',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n')
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) =>
    socket.send(message, port, host, problem => {
      socket.close()
      if (problem === null) resolve()
      else reject(problem)
    }),
  )
}

/** A UDP port nobody uses on this address at the moment. */
export function freeUdpPort(host: string): Promise<number> {
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, host, () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
