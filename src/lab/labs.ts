import type { Lab } from './topology.ts'

/** The labs that are shipped. A new one is a file in labs/ and a line here. */
export const labs: Readonly<Record<string, () => Promise<Lab>>> = {
  single: async () => (await import('./labs/single.ts')).single,
  lag: async () => (await import('./labs/lag.ts')).lag,
  resilient: async () => (await import('./labs/resilient.ts')).resilient,
  'active-passive': async () => (await import('./labs/active-passive.ts')).activePassive,
  public: async () => (await import('./labs/public.ts')).publicLab,
  'transit-two-vpcs': async () => (await import('./labs/transit-two-vpcs.ts')).transitTwoVpcs,
  sitelink: async () => (await import('./labs/sitelink.ts')).siteLink,
  'hosted-partner': async () => (await import('./labs/hosted-partner.ts')).hostedPartner,
}
