import { BlockList, isIP, isIPv4 } from 'node:net'

/** What is not the open internet (RFC 6890 and its kin); among them a cloud's metadata at 169.254.169.254. */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

const CLOSED = listOf(NOT_PUBLIC)
const LOOPBACK = listOf(['127.0.0.0/8', '::1'])

/** @param networks `10.0.0.0/8`, `10.1.2.3`, `fd00::/8` */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** Whether a webhook may be sent to this address: a public one, or one of the networks that the city named. */
export function mayReach(address: string, named: BlockList): boolean {
  return contains(named, address) || !contains(CLOSED, address)
}

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && contains(LOOPBACK, address)
}

/** Node takes an IPv4 address in IPv6's clothes (::ffff:10.0.0.1) for what it is inside. */
function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}
