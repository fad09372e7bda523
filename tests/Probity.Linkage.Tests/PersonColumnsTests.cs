namespace Probity.Linkage.Tests;

/// <summary>Lists of people are refused in every language of the European Union (guard-rail G42), and lists of firms are not.</summary>
public sealed class PersonColumnsTests
{
    [Theory]
    [InlineData("id,nom,prenom,date_naissance,adresse")]
    [InlineData("id,NOM,Prénom,Date de naissance,Adresse")]
    [InlineData("id,nom,sexe,lieu de naissance,adresse")]
    [InlineData("id,nombre,apellidos,fecha_nacimiento,direccion")]
    [InlineData("id,nome,cognome,data di nascita,indirizzo")]
    [InlineData("id,denominacao,sexo,data_de_nascimento,endereco")]
    [InlineData("id,imię,nazwisko,płeć,adres")]
    [InlineData("id,nazwa,imie,PESEL,adres")]
    [InlineData("id,naam,voornaam,geboortedatum,adres")]
    [InlineData("id,naam,geslacht,BSN,adres")]
    [InlineData("id,namn,förnamn,födelsedatum,adress")]
    [InlineData("id,namn,fornamn,fodelsedatum,adress")]
    [InlineData("id,navn,fødselsdato,CPR-nr,adresse")]
    [InlineData("id,navn,foedselsdato,køn,adresse")]
    [InlineData("id,nimi,henkilötunnus,syntymäaika,osoite")]
    [InlineData("id,nimi,henkilotunnus,syntymaaika,osoite")]
    [InlineData("id,nimi,isikukood,sünniaeg,aadress")]
    [InlineData("id,vārds,uzvārds,personas kods,adrese")]
    [InlineData("id,vardas,pavardė,gimimo_data,adresas")]
    [InlineData("id,nazev,příjmení,datum narození,adresa")]
    [InlineData("id,nazev,prijmeni,rodne_cislo,adresa")]
    [InlineData("id,nazov,priezvisko,dátum narodenia,adresa")]
    [InlineData("id,naziv,priimek,datum_rojstva,naslov")]
    [InlineData("id,naziv,prezime,datum rođenja,adresa")]
    [InlineData("id,cegnev,vezetéknév,születési dátum,cím")]
    [InlineData("id,cegnev,keresztnev,szuletesi_datum,cim")]
    [InlineData("id,denumire,prenume,data nașterii,adresa")]
    [InlineData("id,denumire,prenume,CNP,adresa")]
    [InlineData("id,название,фамилия,ЕГН,адрес")]
    [InlineData("id,name,επώνυμο,ημερομηνία γέννησης,διεύθυνση")]
    [InlineData("id,name,επωνυμο,ΑΜΚΑ,διεύθυνση")]
    public void G42_a_list_of_people_was_accepted_for_its_columns_being_in_another_language(string header) =>
        Assert.Equal("linkage.persons", Tables.Refused(Tables.Of("people", header, "1,Alder,Birch,1970-01-01,1 High Street")).Code);

    [Theory]
    [InlineData("id,nom,prenom,adresse")]
    [InlineData("id,name,vorname,anschrift")]
    [InlineData("id,nombre,apellidos,direccion")]
    [InlineData("id,jmeno,prijmeni,adresa")]
    [InlineData("id,ime,prezime,adresa")]
    public void G42_a_list_of_names_and_given_names_alone_was_accepted(string header) =>
        Assert.Equal("linkage.persons", Tables.Refused(Tables.Of("people", header, "1,Alder,Birch,1 High Street")).Code);

    [Theory]
    [InlineData("Jan Kowalski", "Anna Nowak", "Katarzyna Wiśniewska", "Paweł Zając")]
    [InlineData("Γιώργος Παπαδόπουλος", "Νίκος Οικονόμου", "Κώστας Μακρής", "Ελένη Γεωργίου")]
    public void G42_a_list_of_people_was_accepted_for_its_names_being_Polish_or_Greek(params string[] names) =>
        Assert.Equal("linkage.persons", Tables.Refused(Tables.Of("people", "id,name", names.Select((name, i) => $"{i},{name}"))).Code);

    [Theory]
    [InlineData("id,raison sociale,siren,prenom")]
    [InlineData("id,name,company number,nationality")]
    [InlineData("id,firma,strasse,vorname")]
    [InlineData("id,nazwa firmy,adres,nazwisko")]
    [InlineData("id,denominazione,codice fiscale,sesso")]
    public void One_column_of_people_beside_those_of_firms_is_a_contact_and_no_list_of_people(string header) =>
        Assert.Equal(1, Tables.Link(Tables.Of("firms", header, "1,Alder Foods,5,6")).Records);
}
