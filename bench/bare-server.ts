// What everything is measured beside: Node's own HTTP server, which reads the request and answers always the same bytes.
import { createServer } from 'node:http'

const body = Buffer.from(process.argv[2] ?? '', 'base64')
const headers = {
  'content-type': 'application/x-amz-json-1.1',
  'content-length': body.length,
  'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
}
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200, headers).end(body))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}`)
})
