import { useTranslation } from 'react-i18next'
import type { Quantity } from '../../state/display-slice'

interface QuantityBarProps {
  readonly quantity: Quantity
  /** Those that there are of this picture. */
  readonly quantities: readonly Quantity[]
  /** Why there is nothing but the data; null where all can be shown. */
  readonly missing: 'raw' | 'gain' | 'ratio' | null
  readonly mask: boolean
  readonly onQuantity: (quantity: Quantity) => void
  readonly onMask: (mask: boolean) => void
}

/** What of a picture is shown: its values, their errors or how far they stand out of them, and the flags over it. */
export const QuantityBar = ({
  quantity,
  quantities,
  missing,
  mask,
  onQuantity,
  onMask,
}: QuantityBarProps) => {
  const { t } = useTranslation('viewer')
  return (
    <>
      <select
        aria-label={t('quantity.label')}
        title={missing === null ? t('quantity.hint') : t(`quantity.missing.${missing}`)}
        value={missing === null && quantities.includes(quantity) ? quantity : 'data'}
        onChange={(event) => onQuantity(event.target.value as Quantity)}
      >
        {quantities.map((each) => (
          <option key={each} value={each} disabled={missing !== null && each !== 'data'}>
            {t(`quantity.${each}`)}
          </option>
        ))}
      </select>
      {missing === 'ratio' ? null : (
        <button
          type="button"
          className="chip"
          aria-pressed={mask}
          title={t('mask.hint')}
          onClick={() => onMask(!mask)}
        >
          {t('mask.show')}
        </button>
      )}
    </>
  )
}
