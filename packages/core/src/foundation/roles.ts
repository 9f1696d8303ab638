/** Who uses it (DESIGN.md section 1), with the words of the screens. */
export const ROLES = {
  officer: { id: 'Petugas (PPL)', en: 'Field officer' },
  supervisor: { id: 'Pengawas (PML)', en: 'Supervisor' },
  coordinator: { id: 'Koseka', en: 'Coordinator' },
  administrator: { id: 'Administrator kabupaten', en: 'Regency administrator' },
  facilitator: { id: 'Fasilitator FKP', en: 'Forum facilitator' },
  assistant: { id: 'Asisten FKP', en: 'Forum assistant' },
  participant: { id: 'Peserta FKP', en: 'Forum participant' },
  institution: { id: 'Instansi', en: 'Institution' },
} as const;

export type Role = keyof typeof ROLES;

/** Whether unknown input is a role. */
export function isRole(input: unknown): input is Role {
  return typeof input === 'string' && Object.hasOwn(ROLES, input);
}
