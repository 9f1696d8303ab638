/**
 * The part of the register an office covers stands with the person. A coordinator without one sees nothing; where all areas lie in one
 * kecamatan it can only be that one.
 */
export const areaOfOffice = `
  ALTER TABLE person ADD COLUMN area TEXT NOT NULL DEFAULT '';
  UPDATE person SET area = coalesce((SELECT scope FROM person_scope WHERE person_scope.person = person.id), '');
  DROP TABLE person_scope;
  UPDATE person SET area = (SELECT min(substr(id, 1, 7)) FROM area)
    WHERE role = 'coordinator' AND area = '' AND (SELECT count(DISTINCT substr(id, 1, 7)) FROM area) = 1;
`;
