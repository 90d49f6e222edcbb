import type { Config } from '../../src/config.ts'
import { CannotStart } from '../instance/cannot-start.ts'
import { isFree } from '../instance/ports.ts'

/**
 * Where citizens call from: the PBX answers listed addresses only, so it is the first of them.
 * @throws CannotStart when no PBX listens, or that address is not this machine's
 */
export async function trunkAddress(config: Config): Promise<string> {
  if (await isFree('UDP', config.sipHost, config.sipPort)) {
    throw new CannotStart(`Nothing answers SIP on ${config.sipHost}:${config.sipPort}: first run npm start.`)
  }
  const [source = ''] = config.trunkAddresses
  if (await isFree('UDP', source, 0)) return source
  throw new CannotStart(`${source}, the first of HOTLINE_TRUNK_ADDRESSES, is not an address of this machine.`)
}
