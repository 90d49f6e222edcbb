import type { AriChannel } from 'ari-client'
import { asId, isOurLeg, type LegId } from '#kernel/ids.ts'
import type { SurveyedLeg } from '../../contact-center/events.ts'
import type { Survey } from '../../engine/ports.ts'
import type { AriReply, AriRest } from './ari-rest.ts'
import { readEndpointName } from './seat-endpoint.ts'
import { ARI_APPLICATION } from './subscribe.ts'
import { readCaller } from './to-event.ts'

/** What the PBX holds now. @throws when it does not answer. */
export async function survey(rest: AriRest): Promise<Survey> {
  const [info, channels, bridges, endpoints] = await Promise.all([
    rest.run(ari => ari.asterisk.getInfo({ only: 'status' })).then(answered),
    rest.run(ari => ari.channels.list()).then(answered),
    rest.run(ari => ari.bridges.list()).then(answered),
    listEndpoints(rest),
  ])
  return {
    startedAt: Date.parse(info.status.startup_time),
    legs: channels.flatMap(readLeg),
    bridges: bridges.map(bridge => ({
      bridge: asId(bridge.id),
      legs: bridge.channels.map(leg => asId(leg)),
    })),
    registered: endpoints.flatMap(({ name, online }) => {
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

/** A citizen's leg in the application, or a seat's, which enters it only when the seat answers. */
function readLeg({ id, state, dialplan, caller }: AriChannel): SurveyedLeg[] {
  const leg = { leg: asId<LegId>(id), state: state === 'Up' ? 'up' : 'ringing' } as const
  if (isOurLeg(id)) return [{ ...leg, arrival: null }]
  const [application, role, dialled] = dialplan.app_data.split(',')
  if (dialplan.app_name !== 'Stasis' || application !== ARI_APPLICATION || role !== 'arrived') return []
  return [{ ...leg, arrival: { caller: readCaller(caller.number), dialled: dialled ?? '' } }]
}

function answered<T>(reply: AriReply<T>): T {
  if (!reply.ok) throw new Error(`the PBX did not answer: ${reply.detail}`)
  return reply.value
}
