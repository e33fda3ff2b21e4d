import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came in: the path with its query, and the form that was posted. */
export interface SkyQuestion {
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
}

export type SkyAnswer = (question: SkyQuestion, response: ServerResponse) => string | Promise<string>

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/** A service on this machine that answers as a test says, and remembers what it was asked. */
export const startSkyServer = async (
  answer: SkyAnswer,
): Promise<{ readonly address: string; readonly asked: SkyQuestion[]; close: () => Promise<void> }> => {
  const asked: SkyQuestion[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const question = {
        path: url.pathname,
        query: url.searchParams,
        form: new URLSearchParams(await readBody(request)),
      }
      asked.push(question)
      response.setHeader('access-control-allow-origin', '*')
      const text = await answer(question, response)
      if (!response.writableEnded) response.end(text)
    })()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
