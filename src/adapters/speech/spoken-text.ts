const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** espeak-ng reads 12345 as a sum: three digits and more in a row are a number to be dialled, or a year, and spelt. */
export function spokenText(text: string, language: 'zh' | 'yue' | 'en'): string {
  return text.replace(/[0-9]{3,}/g, number =>
    language === 'en'
      ? [...number].join(' ')
      : [...number].map(digit => DIGITS[Number(digit)] ?? digit).join(''),
  )
}
