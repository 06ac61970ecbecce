/** The form of a search, and the fields that the station takes. */
const TIMES = ['from', 'until'];

/** What was filled in, as the station takes it; the rest is left out. */
export function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const trimmed = value.trim();
    if (trimmed !== '') {
      fields.append(name, TIMES.includes(name) ? new Date(trimmed).toISOString() : name === 'pValueTo' ? trimmed.replace(',', '.') : trimmed);
    }
  }
  return fields;
}

export function fillForm(form, fields) {
  for (const field of form.elements) {
    if (field.type === 'checkbox') {
      field.checked = fields.getAll(field.name).flatMap((value) => value.split(',')).includes(field.value);
    } else if (field.name) {
      field.value = TIMES.includes(field.name) ? localTime(fields.get(field.name)) : fields.get(field.name) ?? '';
    }
  }
}

/** As a field for date and time takes it: this computer's, without an offset. */
function localTime(instant) {
  const at = new Date(instant ?? NaN);
  return Number.isNaN(at.getTime()) ? '' : new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
