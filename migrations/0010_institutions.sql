-- The institutions that the programs work with. Coordinators add to them and change them; ids from
-- 101, so that a database may bring its own small numbers.

INSERT INTO institutions (id, name, short_name, sector, country, folded_name, created_at) VALUES
 (101, 'Policía Nacional del Perú', 'PNP', 'police', 'PE', 'policia nacional del peru', '2026-01-01T00:00:00+00:00'),
 (102, 'Ministerio Público', 'MP', 'prosecution', 'PE', 'ministerio publico', '2026-01-01T00:00:00+00:00'),
 (103, 'Poder Judicial', 'PJ', 'judiciary', 'PE', 'poder judicial', '2026-01-01T00:00:00+00:00'),
 (104, 'Academia de la Magistratura', 'AMAG', 'judiciary', 'PE', 'academia de la magistratura', '2026-01-01T00:00:00+00:00'),
 (105, 'Dirección General de Defensa Pública y Acceso a la Justicia', 'Defensa Pública', 'public_defence', 'PE', 'direccion general de defensa publica y acceso a la justicia', '2026-01-01T00:00:00+00:00'),
 (106, 'Servicio Nacional Forestal y de Fauna Silvestre', 'SERFOR', 'administrative_agency', 'PE', 'servicio nacional forestal y de fauna silvestre', '2026-01-01T00:00:00+00:00'),
 (107, 'Servicio Nacional de Áreas Naturales Protegidas por el Estado', 'SERNANP', 'administrative_agency', 'PE', 'servicio nacional de areas naturales protegidas por el estado', '2026-01-01T00:00:00+00:00'),
 (108, 'Organismo de Supervisión de los Recursos Forestales y de Fauna Silvestre', 'OSINFOR', 'administrative_agency', 'PE', 'organismo de supervision de los recursos forestales y de fauna silvestre', '2026-01-01T00:00:00+00:00'),
 (109, 'Organismo de Evaluación y Fiscalización Ambiental', 'OEFA', 'administrative_agency', 'PE', 'organismo de evaluacion y fiscalizacion ambiental', '2026-01-01T00:00:00+00:00'),
 (110, 'Superintendencia Nacional de Aduanas y de Administración Tributaria', 'SUNAT', 'administrative_agency', 'PE', 'superintendencia nacional de aduanas y de administracion tributaria', '2026-01-01T00:00:00+00:00'),
 (111, 'Dirección General de Capitanías y Guardacostas', 'DICAPI', 'administrative_agency', 'PE', 'direccion general de capitanias y guardacostas', '2026-01-01T00:00:00+00:00'),
 (112, 'Ministerio del Ambiente', 'MINAM', 'administrative_agency', 'PE', 'ministerio del ambiente', '2026-01-01T00:00:00+00:00'),
 (113, 'Gobierno Regional de Loreto', 'GORE Loreto', 'administrative_agency', 'PE', 'gobierno regional de loreto', '2026-01-01T00:00:00+00:00'),
 (114, 'Gobierno Regional de Ucayali', 'GORE Ucayali', 'administrative_agency', 'PE', 'gobierno regional de ucayali', '2026-01-01T00:00:00+00:00'),
 (115, 'Gobierno Regional de Madre de Dios', 'GORE Madre de Dios', 'administrative_agency', 'PE', 'gobierno regional de madre de dios', '2026-01-01T00:00:00+00:00'),
 (116, 'Gobierno Regional de San Martín', 'GORE San Martín', 'administrative_agency', 'PE', 'gobierno regional de san martin', '2026-01-01T00:00:00+00:00'),
 (117, 'Gobierno Regional de Amazonas', 'GORE Amazonas', 'administrative_agency', 'PE', 'gobierno regional de amazonas', '2026-01-01T00:00:00+00:00'),
 (118, 'Gobierno Regional de Cusco', 'GORE Cusco', 'administrative_agency', 'PE', 'gobierno regional de cusco', '2026-01-01T00:00:00+00:00'),
 (119, 'Gobierno Regional de Puno', 'GORE Puno', 'administrative_agency', 'PE', 'gobierno regional de puno', '2026-01-01T00:00:00+00:00'),
 (120, 'Otro gobierno regional', 'GORE', 'administrative_agency', 'PE', 'otro gobierno regional', '2026-01-01T00:00:00+00:00'),
 (121, 'Juzgados de Paz', NULL, 'local_justice_and_community', 'PE', 'juzgados de paz', '2026-01-01T00:00:00+00:00'),
 (122, 'Rondas Campesinas', NULL, 'local_justice_and_community', 'PE', 'rondas campesinas', '2026-01-01T00:00:00+00:00'),
 (123, 'Comunidades Nativas', NULL, 'indigenous_people', 'PE', 'comunidades nativas', '2026-01-01T00:00:00+00:00'),
 (124, 'Prensa', NULL, 'press', 'PE', 'prensa', '2026-01-01T00:00:00+00:00'),
 (131, 'Policía Nacional del Ecuador', 'PNE', 'police', 'EC', 'policia nacional del ecuador', '2026-01-01T00:00:00+00:00'),
 (132, 'Fiscalía General del Estado', 'FGE', 'prosecution', 'EC', 'fiscalia general del estado', '2026-01-01T00:00:00+00:00'),
 (133, 'Función Judicial', 'FJ', 'judiciary', 'EC', 'funcion judicial', '2026-01-01T00:00:00+00:00'),
 (134, 'Defensoría Pública', 'DPE', 'public_defence', 'EC', 'defensoria publica', '2026-01-01T00:00:00+00:00'),
 (135, 'Ministerio del Ambiente, Agua y Transición Ecológica', 'MAATE', 'administrative_agency', 'EC', 'ministerio del ambiente agua y transicion ecologica', '2026-01-01T00:00:00+00:00'),
 (136, 'Servicio Nacional de Aduana del Ecuador', 'SENAE', 'administrative_agency', 'EC', 'servicio nacional de aduana del ecuador', '2026-01-01T00:00:00+00:00');

INSERT INTO institution_units (id, institution_id, name) VALUES
 (101, 101, 'Dirección de Medio Ambiente'),
 (102, 102, 'Fiscalías Especializadas en Materia Ambiental'),
 (103, 110, 'Aduanas'),
 (104, 131, 'Unidad Nacional de Policía de Protección del Medio Ambiente');
