import { macSecAdvice, macSecElsewhere, newestKeyName } from '../macsec-advice.ts'
import { remarks } from '../names.ts'
import { cakPlaceholder, macSecFacts } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { linuxMacSec, portsOf, usedPorts } from './devices.ts'

/** MACsec by wpa_supplicant on each physical port: it agrees on keys and makes a device of the kernel's. */
export function macSecLines(setup: Setup): readonly string[] {
  const macSec = linuxMacSec(setup)
  if (macSec === null) return remarks('#', macSecElsewhere(setup, 'Linux'))
  const devices = usedPorts(setup)
  return [
    ...remarks('#', macSecAdvice(macSec)),
    '# It takes wpa_supplicant 2.11 or later, built with the driver macsec_linux.',
    ...portsOf(setup).flatMap((port, index) => supplicantLines(port, devices[index] ?? '', newestKeyName(macSec))),
  ]
}

/** A file that is there stays, since somebody has entered the key. */
function supplicantLines(port: string, device: string, keyName: string): readonly string[] {
  const file = `/etc/wpa_supplicant/macsec-${port}.conf`
  return [
    `[ -e ${file} ] || {`,
    `install -m 600 /dev/null ${file}`,
    `cat >${file} <<'END'`,
    'ctrl_interface=/run/wpa_supplicant',
    'eapol_version=3',
    'ap_scan=0',
    'network={',
    '  key_mgmt=NONE',
    '  eapol_flags=0',
    '  macsec_policy=1',
    '  macsec_integ_only=0',
    '  macsec_csindex=1',
    `  mka_ckn=${keyName}`,
    `  mka_cak=${cakPlaceholder}`,
    `  mka_priority=${macSecFacts.keyServerPriority}`,
    '}',
    'END',
    '}',
    `ip link set dev ${port} mtu ${mtuBeneath} up`,
    `ip link show dev ${device} >/dev/null 2>&1 ||`,
    `  wpa_supplicant -B -D macsec_linux -i ${port} -c ${file}`,
    '# This waits until both ends have agreed on keys.',
    `until ip link show dev ${device} >/dev/null 2>&1; do sleep 1; done`,
  ]
}

/** Room for what MACsec adds to the largest packets. */
const mtuBeneath = 9100
