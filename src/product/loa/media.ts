/** What the cable has to be for the optics on our side; always a duplex pair of single-mode strands. */
export interface Media {
  /** As IEEE 802.3 calls it. */
  readonly name: string
  /** Nanometres, or the band of the lanes. */
  readonly wavelength: string
  readonly connector: string
}

/** @source behaviour catalogue F.1; wavelengths and lanes: IEEE 802.3, clauses 38, 52, 88; 400GBASE-LR4: 100G Lambda MSA */
const mediaOf: Readonly<Record<string, Media>> = {
  '1Gbps': { name: '1000BASE-LX', wavelength: '1310 nm', connector: 'LC duplex' },
  '10Gbps': { name: '10GBASE-LR', wavelength: '1310 nm', connector: 'LC duplex' },
  '100Gbps': { name: '100GBASE-LR4', wavelength: '4 lanes, 1295-1310 nm', connector: 'LC duplex' },
  '400Gbps': { name: '400GBASE-LR4', wavelength: '4 lanes, 1271-1331 nm', connector: 'LC duplex' },
}

/** @param bandwidth a port's speed, such as `10Gbps` */
export function mediaFor(bandwidth: string): Media {
  const media = mediaOf[bandwidth]
  if (media === undefined) throw new Error(`no optics for a port of ${bandwidth}`)
  return media
}
