/** The tables, the same in every store. Nothing in them knows what a connection is. */
export interface Tables {
  /** Facts as JSON. */
  readonly records: { readonly kind: string; readonly id: string; readonly facts: string }
  /** In which sets a record is found, in the order of lists. */
  readonly sets: {
    readonly kind: string
    readonly name: string
    readonly value: string
    readonly created_at: number
    readonly id: string
    readonly hidden_from: number | null
  }
  /** Who holds what is scarce. */
  readonly claims: {
    readonly scope: string
    readonly key: string
    readonly holder: string
    readonly until: number | null
  }
  readonly audit: {
    readonly id: string
    readonly at: number
    readonly account_id: string
    readonly event_name: string
    readonly record: string
  }
  /** One row: what only the key can have signed that the secrets are sealed with. */
  readonly seal: { readonly proof: string }
}
