import { refuse } from '../fault.ts'
import { create, type Operation, save } from '../operation.ts'
import { customerAccount } from './account.ts'
import { agreementNames } from './agreement.ts'

/** Without a name it is the only agreement that there is. Signing again changes nothing. */
export const ConfirmCustomerAgreement: Operation<'ConfirmCustomerAgreement'> = async (snapshot, input) => {
  const { now, caller } = snapshot
  const asked = input.agreementName ?? agreementNames[0]
  const name = agreementNames.find((known) => known === asked)
  if (name === undefined) throw refuse(`Invalid value '${asked}' for agreementName: there is no such agreement`)

  const present = await snapshot.get('account', caller.accountId)
  const account = present ?? customerAccount(caller.accountId, now)
  const signed = { ...account, agreements: { [name]: now, ...account.agreements } }
  return {
    changes: [present === undefined ? create('account', signed) : save('account', signed)],
    show: () => ({ status: 'signed' }),
  }
}
