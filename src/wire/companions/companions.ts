import type { Companion } from './companion.ts'
import { ec2 } from './ec2.ts'
import { sts } from './sts.ts'
import { tagging } from './tagging.ts'

/** The services beside Direct Connect, by the name that signatures have for them. */
export const companions = { ec2, sts, tagging } as const satisfies Record<string, Companion>
