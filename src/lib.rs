#[cfg(test)]
mod tests { 
 use capacita_locales::Locale;
 #[test] fn a() { let l=Locale::es; 
  let a = capacita_locales::i18n::td_string!(l, ui.ok); let b = leptos_i18n::td_string!(l, ui.hello, name="x"); let c = leptos_i18n::td_string!(l, ui.people_count.one, n = 3);
  println!("{}{}{}",a,b,c); } }
