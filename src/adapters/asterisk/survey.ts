import type { AriChannel } from 'ari-client'
import { asId } from '#kernel/ids.ts'
import type { Survey } from '../../engine/ports.ts'
import type { AriReply, AriRest } from './ari-rest.ts'
import { readEndpointName } from './seat-endpoint.ts'
import { ARI_APPLICATION } from './subscribe.ts'

/** What the PBX holds now. @throws when it does not answer. */
export async function survey(rest: AriRest): Promise<Survey> {
  const [channels, bridges, registered] = await Promise.all([
    rest.run(ari => ari.channels.list()).then(answered),
    rest.run(ari => ari.bridges.list()).then(answered),
    listEndpoints(rest),
  ])
  return {
    legs: channels.map(channel => ({
      leg: asId(channel.id),
      state: channel.state === 'Up' ? 'up' : 'ringing',
      ours: isOurs(channel),
    })),
    bridges: bridges.map(bridge => ({
      bridge: asId(bridge.id),
      legs: bridge.channels.map(leg => asId(leg)),
    })),
    registered: registered.flatMap(({ name, online }) => {
      const phone = online ? readEndpointName(name) : null
      return phone === null ? [] : [phone]
    }),
  }
}

/** Every SIP endpoint that Asterisk knows. @throws when it does not answer. */
export async function listEndpoints(
  rest: AriRest,
): Promise<readonly { readonly name: string; readonly online: boolean }[]> {
  const endpoints = answered(await rest.run(ari => ari.endpoints.listByTech({ tech: 'PJSIP' })))
  return endpoints.map(endpoint => ({ name: endpoint.resource, online: endpoint.state === 'online' }))
}

/** In the application; or a seat's leg, which enters it only when the seat answers. */
function isOurs({ id, dialplan }: AriChannel): boolean {
  const inside = dialplan.app_name === 'Stasis' && dialplan.app_data.split(',')[0] === ARI_APPLICATION
  return inside || /-seat-[0-9]+$/.test(id)
}

function answered<T>(reply: AriReply<T>): T {
  if (!reply.ok) throw new Error(`the PBX did not answer: ${reply.detail}`)
  return reply.value
}
