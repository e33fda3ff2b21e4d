import i18next, { type Resource, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

type Words = { readonly default: ResourceLanguage }

// English comes with the page, since every other language falls back to it; the others are fetched when they are wanted.
// Words of a panel that nobody sees first come with the panel (loadWords).
const english = import.meta.glob<Words>(['./en/*.json', '!./en/colour-picture.json'], { eager: true })
const late = import.meta.glob<Words>('./en/colour-picture.json')
const others = { de: import.meta.glob<Words>('./de/*.json') } as const

const nameOf = (path: string): string => path.split('/').at(-1)?.replace('.json', '') ?? path

const gather = (files: readonly (readonly [string, Words])[]): ResourceLanguage =>
  Object.fromEntries(files.map(([path, words]) => [nameOf(path), words.default]))

const loadLanguage = async (language: Language): Promise<void> => {
  if (language === 'en' || i18next.hasResourceBundle(language, 'shell')) return
  const files = await Promise.all(
    Object.entries(others[language]).map(async ([path, load]) => [path, await load()] as const),
  )
  for (const [room, words] of Object.entries(gather(files))) i18next.addResourceBundle(language, room, words)
}

/** The person's choice, else the first of the browser's languages that there is, else English. */
export const pickLanguage = (choice: string, preferred: readonly string[]): Language => {
  const known = (tag: string) => LANGUAGES.find((language) => tag.toLowerCase().startsWith(language))
  return known(choice) ?? preferred.map(known).find((language) => language !== undefined) ?? 'en'
}

export const startTranslation = async (language: Language): Promise<void> => {
  const resources: Resource = { en: gather(Object.entries(english)) }
  await i18next.use(initReactI18next).init({
    resources,
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await changeLanguage(language)
}

export const changeLanguage = async (language: Language): Promise<void> => {
  await loadLanguage(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** English words of a panel that is about to be shown; other languages have theirs already. */
export const loadWords = async (room: string): Promise<void> => {
  if (i18next.hasResourceBundle('en', room)) return
  const words = await late[`./en/${room}.json`]?.()
  if (words !== undefined) i18next.addResourceBundle('en', room, words.default)
}
