import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { orThrow } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  Delivery,
  DeliveryParams,
  DeliveryQuery,
  Webhook,
  WebhookChange,
  WebhookForm,
  WebhookParams,
  WebhookRow,
  WebhookWithSecret,
} from './schema.ts'
import {
  createWebhook,
  listChanges,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  renewSecret,
  replayDelivery,
  saveWebhook,
  type WebhookDeps,
} from './service.ts'

const tags = ['integration']

/** /api/webhooks: which systems of the city are told of orders. */
export function webhookRoutes(deps: WebhookDeps): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/webhooks',
      {
        schema: {
          tags,
          summary: 'Systems that are told of orders',
          response: { 200: Type.Array(WebhookRow) },
        },
      },
      async request => [...orThrow(await listWebhooks(deps, signedIn(request)))],
    )
    app.post(
      '/api/webhooks',
      {
        schema: {
          tags,
          summary: 'Tell another system of orders; the answer holds its secret, this once',
          body: WebhookForm,
          response: { 200: WebhookWithSecret },
        },
      },
      async request => orThrow(await createWebhook(deps, signedIn(request), request.body)),
    )
    app.put(
      '/api/webhooks/:id',
      {
        schema: {
          tags,
          summary: 'Save a webhook over the version that was edited',
          params: WebhookParams,
          headers: IfMatch,
          body: WebhookForm,
          response: { 200: Webhook },
        },
      },
      async (request, reply) => {
        const { params, headers, body } = request
        const version = editedVersion(headers)
        const webhook = orThrow(await saveWebhook(deps, signedIn(request), params.id, version, body))
        reply.header('etag', etagOf(webhook))
        return webhook
      },
    )
    app.delete(
      '/api/webhooks/:id',
      {
        schema: {
          tags,
          summary: 'Tell a system no more; what it was told stays on record',
          params: WebhookParams,
          headers: IfMatch,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        orThrow(await removeWebhook(deps, signedIn(request), request.params.id, version))
        return reply.status(204).send(null)
      },
    )
    app.post(
      '/api/webhooks/:id/secret',
      {
        schema: {
          tags,
          summary: 'Draw a new secret; the answer holds it, this once',
          params: WebhookParams,
          response: { 200: WebhookWithSecret },
        },
      },
      async request => orThrow(await renewSecret(deps, signedIn(request), request.params.id)),
    )
    app.get(
      '/api/webhooks/:id/changes',
      {
        schema: {
          tags,
          summary: 'Who changed a webhook, the newest first',
          params: WebhookParams,
          response: { 200: Type.Array(WebhookChange) },
        },
      },
      async request => [...orThrow(await listChanges(deps, signedIn(request), request.params.id))],
    )
    app.get(
      '/api/webhooks/:id/deliveries',
      {
        schema: {
          tags,
          summary: 'What a system was told lately, and how that went',
          params: WebhookParams,
          querystring: DeliveryQuery,
          response: { 200: Type.Array(Delivery) },
        },
      },
      async request => {
        const { params, query } = request
        return [...orThrow(await listDeliveries(deps, signedIn(request), params.id, query.state ?? null))]
      },
    )
    app.post(
      '/api/webhooks/:id/deliveries/:event/replay',
      {
        schema: {
          tags,
          summary: 'Send a settled message once more',
          params: DeliveryParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id, event } = request.params
        orThrow(await replayDelivery(deps, signedIn(request), id, event))
        return reply.status(204).send(null)
      },
    )
  }
}
