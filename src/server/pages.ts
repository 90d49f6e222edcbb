import { basename } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notFound } from './error-handler.ts'

/**
 * The pages: files as they are, and index.html for every other path that a browser opens, since the page finds
 * its own way. Paths of the API and missing files are not found.
 * @param folder the built pages; null serves none
 */
export async function servePages(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null) {
    app.setNotFoundHandler(notFound)
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    // Built files carry a hash of their content in their name; the page that names them is always asked for anew.
    setHeaders: (reply, path) => {
      const hashed = /-[\w-]{8,}\.\w+$/.test(basename(path))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
    cacheControl: false,
  })
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    return wantsPage && !request.url.startsWith('/api/')
      ? reply.sendFile('index.html')
      : notFound(request, reply)
  })
}
