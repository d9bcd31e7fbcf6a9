import { boto3 } from '../../tools/run.ts'
import type { TestServer } from '../../tools/server.ts'

/**
 * A boto3 script of a user. Beside `dx`, `client`, `refused` and `show` it has `ec2`, and the operator's door:
 * `operator(method, path, body)` and `advance(seconds)`.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
export function script(server: TestServer, text: string): Promise<any> {
  return boto3(server, prelude + text)
}

const prelude = `
import urllib.request
ec2 = boto3.client('ec2', endpoint_url=os.environ['ENDPOINT'])
def operator(method, path, body=None):
    request = urllib.request.Request(os.environ['ENDPOINT'] + '/operator/v1' + path, method=method,
        data=None if body is None else json.dumps(body).encode(), headers={'Authorization': 'Bearer test'})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or 'null')
def advance(seconds):
    operator('POST', '/clock', {'advanceSeconds': seconds})
def connection(id, dx=dx):
    return dx.describe_connections(connectionId=id)['connections'][0]
def vif(id, dx=dx):
    return dx.describe_virtual_interfaces(virtualInterfaceId=id)['virtualInterfaces'][0]
`
