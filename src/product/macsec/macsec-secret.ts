import { kind, type Stored } from '../kind.ts'

/**
 * A secret as the secrets manager of the account keeps it: the key itself, under its ARN. No operation shows it. It
 * outlives the ports that it was for.
 * @source Terraform's provider: Direct Connect leaves the secret behind after disassociation
 */
export interface MacSecSecret extends Stored {
  readonly ownerAccount: string
  readonly ckn: string
  /** The key in clear here, encrypted at rest. */
  readonly cak: string
}

export const macSecSecretKind = kind<MacSecSecret>()({
  sets: () => ({}),
  claims: () => [],
  hiddenFrom: () => null,
  secret: true,
})
