import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'

/** Who the caller is. Clients read the account and the partition out of the ARN. */
export async function GetCallerIdentity(
  snapshot: Snapshot,
  caller: { readonly accessKeyId: string; readonly principalArn: string },
): Promise<Decision<{ readonly Arn: string; readonly UserId: string; readonly Account: string }>> {
  const { accountId } = snapshot.caller
  const session = caller.accessKeyId.startsWith('ASIA') ? await snapshot.get('session', caller.accessKeyId) : undefined
  return answer({ Arn: caller.principalArn, UserId: session?.assumedRoleId ?? accountId, Account: accountId })
}
