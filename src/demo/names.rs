//! Names and places the demo draws from: common in Peru, belonging to nobody in particular.

/// Given names of women.
pub const WOMEN: &[&str] = &[
    "Rosa", "María Elena", "Carmen", "Luz Marina", "Ana Lucía", "Julia", "Flor de María", "Milagros", "Yolanda",
    "Nélida", "Gladys", "Silvia", "Patricia", "Karina", "Maritza", "Elizabeth", "Sonia", "Norma", "Teresa",
    "Jessica", "Roxana", "Verónica", "Lourdes", "Pilar", "Rocío", "Fiorella", "Cinthya", "Nayeli", "Sayuri",
    "Killa", "Urpi", "Ch'aska", "Sumaq", "Nelly", "Irma", "Doris", "Betty", "Gabriela", "Katherine", "Diana",
    "Lidia", "Marleny", "Zoila", "Esperanza", "Dora", "Hilda", "Olinda", "Ruth", "Noemí", "Raquel",
];

/// Given names of men.
pub const MEN: &[&str] = &[
    "José Luis", "Juan Carlos", "Luis Alberto", "Carlos", "Jorge", "Víctor", "Miguel Ángel", "Julio César",
    "Segundo", "Percy", "Wilfredo", "Edwin", "Ronald", "Wilmer", "Elmer", "Javier", "Raúl", "Hugo", "Óscar",
    "Marco Antonio", "Fernando", "Ricardo", "Walter", "Freddy", "Henry", "Jhon", "Abel", "Ángel", "Félix",
    "Inti", "Amaru", "K'uychi", "Wayra", "Rómulo", "Teodoro", "Grimaldo", "Hermógenes", "Cirilo", "Saúl",
    "Gilmer", "Roger", "Nilo", "Rusber", "Alex", "Richard", "César", "Martín", "Daniel", "David", "Santos",
];

/// Surnames.
pub const SURNAMES: &[&str] = &[
    "Quispe", "Mamani", "Flores", "Sánchez", "Rojas", "García", "Huamán", "Ramos", "Rodríguez", "Díaz", "Vásquez",
    "Torres", "López", "Ramírez", "Gonzales", "Mendoza", "Chávez", "Fernández", "Pérez", "Castillo", "Espinoza",
    "Cruz", "Condori", "Gutiérrez", "Castro", "Reyes", "Ruiz", "Vargas", "Salazar", "Ríos", "Silva", "Choque",
    "Apaza", "Núñez", "Peña", "Muñoz", "Ñaupari", "Güivin", "Ccori", "Ch'uqi", "T'ito", "Q'enti", "Huaraca",
    "Yupanqui", "Atahualpa", "Poma", "Ticona", "Calderón", "Medina", "Herrera", "Cárdenas", "Paredes", "Campos",
    "Vela", "Rengifo", "Pinedo", "Tangoa", "Shapiama", "Tuanama", "Sangama", "Ahuanari", "Macuyama", "Tamani",
    "Pacaya", "Inuma", "Murayari", "Panduro", "Saboya", "Del Águila", "Isuiza", "Amasifuén", "Cachique", "Bardales",
    "Guevara", "Cubas", "Tocto", "Huancas", "Chinchay", "Palacios", "Zapata", "Yarlequé", "Chunga", "Purizaca",
];

/// Surnames of Awajún, Wampis, Shipibo-Konibo, Asháninka and Kichwa families.
pub const AMAZONIAN_SURNAMES: &[&str] = &[
    "Wampagkit", "Kuash", "Chumpi", "Tijias", "Dekentai", "Jempekit", "Shawit", "Tsamajain", "Yampis", "Petsa",
    "Antun", "Nantip", "Tsejem", "Ugkum", "Wajush", "Sinuiri", "Maynas", "Cauper", "Ochavano", "Barbarán",
    "Inuma", "Mori", "Vásquez", "Chota", "Quinchiquiaro", "Rojas", "Camaiteri", "Shingari", "Piñarreal", "Tapuy",
    "Grefa", "Cerda", "Noteno", "Papa", "Coquinche", "Andi",
];

/// A city with the department it lies in (INEI code) and the place where training is held.
pub const PLACES: &[(&str, &str, &str)] = &[
    ("Iquitos", "16", "Auditorio del Ministerio Público, Iquitos"),
    ("Pucallpa", "25", "Sala de audiencias, Corte Superior de Ucayali"),
    ("Puerto Maldonado", "17", "Centro de capacitación, Puerto Maldonado"),
    ("Tarapoto", "22", "Hotel Río Shilcayo, Tarapoto"),
    ("Lima", "15", "Academia de la Magistratura, Lima"),
    ("Cusco", "08", "Casa de la Justicia, Cusco"),
    ("Tumbes", "24", "Intendencia de Aduanas, Tumbes"),
    ("Piura", "20", "Colegio de Abogados de Piura"),
    ("Bagua", "01", "Sede de la UGEL Bagua"),
    ("Chachapoyas", "01", "Auditorio del Gobierno Regional de Amazonas"),
    ("Puno", "21", "Auditorio de la Fiscalía, Puno"),
    ("Arequipa", "04", "Escuela de Policía, Arequipa"),
    ("Trujillo", "13", "Corte Superior de La Libertad, Trujillo"),
    ("Huánuco", "10", "Centro Cultural, Huánuco"),
    ("La Merced", "12", "Municipalidad de Chanchamayo, La Merced"),
    ("Chiclayo", "14", "Museo Regional, Chiclayo"),
    ("Yurimaguas", "16", "Capitanía de Puerto, Yurimaguas"),
    ("Moyobamba", "22", "Sede de la Corte, Moyobamba"),
    ("Contamana", "16", "Local comunal, Contamana"),
    ("Atalaya", "25", "Sala de la municipalidad, Atalaya"),
    ("Callao", "07", "Aduana Marítima, Callao"),
    ("Tacna", "23", "Complejo fronterizo Santa Rosa, Tacna"),
];
