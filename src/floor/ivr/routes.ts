import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '#database/types.ts'
import { editedVersion, etagOf, IfMatch } from '#database/version.ts'
import { badInput, ok, orThrow, refuse } from '#kernel/outcome.ts'
import { signedIn } from '../../people/sessions/index.ts'
import {
  CheckAnswer,
  Drawing,
  LineParams,
  LineTreeForm,
  LineTreeView,
  PublishForm,
  RecordingView,
  RestoreForm,
  SoundParams,
  SpeechQuery,
  TreeForm,
  TreeParams,
  TreeSummary,
  TreeView,
  UploadQuery,
  VersionDrawing,
  VersionParams,
  VersionView,
} from './schema.ts'
import type { Ivr } from './service.ts'
import { lineTrees, listTrees, listVersions, readVersion, recordings } from './store.ts'

const tags = ['floor']
/** A hundred nodes with their words in three languages, escaped. */
const DRAWING_BYTES = 1024 * 1024
/** A minute of 48 kHz stereo. */
const WAV_BYTES = 12 * 1024 * 1024

interface Parts {
  readonly db: Kysely<Database>
  readonly ivr: Ivr
}

export function ivrRoutes({ db, ivr }: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    app.get(
      '/api/ivr',
      { schema: { tags, summary: 'The IVR trees', response: { 200: Type.Array(TreeSummary) } } },
      () => listTrees(db),
    )
    app.post(
      '/api/ivr',
      {
        bodyLimit: DRAWING_BYTES,
        schema: { tags, summary: 'Begin a tree', body: TreeForm, response: { 201: TreeView } },
      },
      async (request, reply) => {
        const tree = orThrow(await ivr.create(signedIn(request), request.body))
        return reply.status(201).header('etag', etagOf(tree)).send(tree)
      },
    )
    app.get(
      '/api/ivr/:id',
      { schema: { tags, summary: 'A tree and its draft', params: TreeParams, response: { 200: TreeView } } },
      async (request, reply) => {
        const tree = orThrow(await ivr.view(request.params.id))
        reply.header('etag', etagOf(tree))
        return tree
      },
    )
    app.put(
      '/api/ivr/:id',
      {
        bodyLimit: DRAWING_BYTES,
        schema: {
          tags,
          summary: 'Save a draft over the version that was edited; callers hear nothing of it',
          params: TreeParams,
          headers: IfMatch,
          body: TreeForm,
          response: { 200: TreeView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const tree = orThrow(await ivr.save(signedIn(request), request.params.id, version, request.body))
        reply.header('etag', etagOf(tree))
        return tree
      },
    )
    app.post(
      '/api/ivr/check',
      {
        bodyLimit: DRAWING_BYTES,
        schema: {
          tags,
          summary: 'All that is wrong with a drawing, each with its node',
          body: Drawing,
          response: { 200: CheckAnswer },
        },
      },
      async request => ({ problems: [...(await ivr.problemsOf(request.body))] }),
    )
    app.post(
      '/api/ivr/:id/publish',
      {
        schema: {
          tags,
          summary: 'Make an immutable version of the draft; refused with the nodes named when it is broken',
          params: TreeParams,
          headers: IfMatch,
          body: PublishForm,
          response: { 201: VersionView },
        },
      },
      async (request, reply) => {
        const member = signedIn(request)
        const { id } = request.params
        const published = orThrow(await ivr.publish(member, id, editedVersion(request.headers), request.body))
        request.log.info({ tree: id, version: published.version, by: member.id }, 'IVR tree published')
        return reply.status(201).send(published)
      },
    )
    app.get(
      '/api/ivr/:id/versions',
      {
        schema: {
          tags,
          summary: 'What was published, the newest first',
          params: TreeParams,
          response: { 200: Type.Array(VersionView) },
        },
      },
      request => listVersions(db, request.params.id),
    )
    app.get(
      '/api/ivr/:id/versions/:version',
      {
        schema: {
          tags,
          summary: 'A published drawing',
          params: VersionParams,
          response: { 200: VersionDrawing },
        },
      },
      async request => {
        const { id, version } = request.params
        const found = await readVersion(db, id, Number(version))
        return orThrow(found === null ? refuse('not-found') : ok(found))
      },
    )
    app.post(
      '/api/ivr/:id/restore',
      {
        schema: {
          tags,
          summary: 'Make a published drawing the draft again',
          params: TreeParams,
          headers: IfMatch,
          body: RestoreForm,
          response: { 200: TreeView },
        },
      },
      async (request, reply) => {
        const version = editedVersion(request.headers)
        const tree = orThrow(
          await ivr.restore(signedIn(request), request.params.id, version, request.body.version),
        )
        reply.header('etag', etagOf(tree))
        return tree
      },
    )
    app.get(
      '/api/ivr/lines',
      {
        schema: {
          tags,
          summary: 'Every line and the tree its callers hear',
          response: { 200: Type.Array(LineTreeView) },
        },
      },
      () => lineTrees(db),
    )
    app.put(
      '/api/ivr/lines/:number',
      {
        schema: {
          tags,
          summary: 'Give a line a published version, or none; takes effect within seconds',
          params: LineParams,
          body: LineTreeForm,
          response: { 200: LineTreeView },
        },
      },
      async request => {
        const member = signedIn(request)
        const line = orThrow(await ivr.giveToLine(member, request.params.number, request.body))
        request.log.info({ line: line.number, tree: line.tree, by: member.id }, 'line given an IVR tree')
        return line
      },
    )
    await app.register(soundRoutes({ db, ivr }))
  }
}

function soundRoutes({ db, ivr }: Parts): FastifyPluginAsyncTypebox {
  return async app => {
    app.addContentTypeParser(
      ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
      { parseAs: 'buffer', bodyLimit: WAV_BYTES },
      (_request, body, done) => done(null, body),
    )
    app.get(
      '/api/ivr/speech',
      {
        schema: { tags, summary: 'Listen to words before they are published: wav', querystring: SpeechQuery },
      },
      async (request, reply) => {
        const { text, language } = request.query
        return sendWav(reply, orThrow(await ivr.listen(signedIn(request), text, language)))
      },
    )
    app.get(
      '/api/ivr/sounds/:sound',
      { schema: { tags, summary: 'Listen to an announcement: wav', params: SoundParams } },
      async (request, reply) => sendWav(reply, orThrow(await ivr.sound(request.params.sound))),
    )
    app.get(
      '/api/ivr/recordings',
      {
        schema: { tags, summary: "The city's own recordings", response: { 200: Type.Array(RecordingView) } },
      },
      () => recordings(db),
    )
    app.post(
      '/api/ivr/recordings',
      {
        bodyLimit: WAV_BYTES,
        schema: {
          tags,
          summary: 'Take in a recording: the body is a wav of at most a minute',
          querystring: UploadQuery,
          response: { 201: RecordingView },
        },
      },
      async (request, reply) => {
        const { body } = request
        if (!Buffer.isBuffer(body)) return orThrow(badInput({ recording: 'not-a-wav' }))
        const recording = orThrow(await ivr.takeRecording(signedIn(request), request.query.name, body))
        return reply.status(201).send(recording)
      },
    )
  }
}

function sendWav(reply: FastifyReply, wav: Buffer): FastifyReply {
  return reply.header('content-type', 'audio/wav').send(wav)
}
