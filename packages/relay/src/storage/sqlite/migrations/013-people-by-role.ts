/** The few of a role are found without looking at everybody. */
export const peopleByRole = `CREATE INDEX person_role ON person (role, ended_at);`;
