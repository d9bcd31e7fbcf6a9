import { cakPlaceholder, macSecFacts } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { cabledPorts, isEncrypted } from './devices.ts'

/** MACsec by wpa_supplicant on each physical port: it agrees on keys and makes a device of the kernel's. */
export function macSecLines(setup: Setup): readonly string[] {
  const { macSec } = setup
  if (macSec === null) return []
  if (macSec.mode === 'no_encrypt' || macSec.keyNames.length === 0)
    return [
      '# MACsec: this connection can encrypt and does not: its encryption mode is',
      `# ${macSec.mode}, and it has ${macSec.keyNames.length} keys in use. Nothing is to be done here.`,
    ]
  if (!isEncrypted(macSec))
    return [
      `# MACsec: this connection speaks ${macSec.cipherSuite}, which wpa_supplicant does not. Encrypt with`,
      '# hardware that does, such as a switch in front of this router.',
    ]
  const [keyName = '', ...older] = macSec.keyNames.toReversed()
  return [
    '# MACsec, by wpa_supplicant 2.11 or later. Enter the key (CAK) that belongs to the',
    '# key name (CKN): 64 hexadecimal characters, which we never show.',
    ...older.map((name) => `# Also in use is the key ${name}.`),
    ...cabledPorts(setup).flatMap((port, index) => supplicantLines(port, `macsec${index}`, keyName)),
  ]
}

function supplicantLines(port: string, device: string, keyName: string): readonly string[] {
  const file = `/etc/wpa_supplicant/macsec-${port}.conf`
  return [
    `install -m 600 /dev/null ${file}`,
    `cat >${file} <<'END'`,
    `ctrl_interface=/run/wpa_supplicant`,
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
    `ip link set dev ${port} mtu 9100 up`,
    `ip link show dev ${device} >/dev/null 2>&1 || wpa_supplicant -B -D macsec_linux -i ${port} -c ${file}`,
    `until ip link show dev ${device} >/dev/null 2>&1; do sleep 1; done`,
  ]
}
