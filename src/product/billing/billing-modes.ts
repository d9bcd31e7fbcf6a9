import { enums } from '../../contract/enums.ts'
import type { Shape } from '../../contract/types.ts'
import type { Location } from '../inventory/location.ts'

/**
 * What a location sells its ports by: every mode that can be asked for, at every speed that it has. The modes of port
 * pairs cannot be asked for, and nothing here makes them.
 * @source behaviour catalogue A.3; which tier includes which Regions no source says: a flat rate includes the location's
 * own, paying by use includes none
 */
export function billingModesAt(
  location: Location,
  availablePortSpeeds: readonly string[],
): readonly Shape<'AvailableBillingMode'>[] {
  return enums.RequestBillingMode.map((billingMode) => ({
    billingMode,
    availablePortSpeeds,
    includedRegions: billingMode === 'PayAsYouGo' ? [] : [location.region],
  }))
}
