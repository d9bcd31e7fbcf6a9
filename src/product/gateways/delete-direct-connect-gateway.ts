import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { live } from './associations/association.ts'
import type { Gateway } from './gateway.ts'
import { ownGateway } from './rules.ts'
import { showGateway } from './show.ts'

/** Only a gateway that nothing is attached to or associated with can go. @source behaviour catalogue A.4 */
export const DeleteDirectConnectGateway: Operation<'DeleteDirectConnectGateway'> = async (snapshot, input) => {
  const { now, settings } = snapshot
  const gateway = await ownGateway(snapshot, input.directConnectGatewayId)
  const attached = (await snapshot.list('virtual-interface', 'gateway', gateway.id)).find(
    (vif) => !reached(vif.deletedAt, now),
  )
  if (attached !== undefined)
    throw refuse(
      `Direct Connect Gateway ${gateway.id} cannot be deleted: VirtualInterface ${attached.id} is attached to it`,
    )
  const [associated] = live(await snapshot.list('association', 'gateway', gateway.id), now)
  if (associated !== undefined)
    throw refuse(
      `Direct Connect Gateway ${gateway.id} cannot be deleted: it is associated with ${associated.associated.id}`,
    )

  const asked = gateway.deleteAskedAt === null
  const leaving: Gateway = asked ? { ...gateway, deleteAskedAt: now, deletedAt: now + settings.timing.delete } : gateway
  return {
    changes: asked ? [save('gateway', leaving)] : [],
    show: () => ({ directConnectGateway: showGateway(leaving, [], now) }),
  }
}
